import { EN_ACTIVITIES } from './en-activities.ts';
import type { ScaffoldTexts } from './texts.ts';

export const EN: ScaffoldTexts = {
  courseNotice:
    'This course has no documents, and no language model is connected. What follows is therefore a plan with lesson scaffolds and no teaching text: write the lessons along it, or upload documents and generate the course again.',
  lessonNotice:
    'This is a scaffold without sources: it has a goal, a plan, questions and an exercise, but no teaching text.',
  unusableDocuments: 'The uploaded documents hold no text that lessons could be made from.',
  fewerLessons: (got, wanted) =>
    `Lessons planned: ${got} instead of ${wanted}. Add more learning outcomes to the brief, so that lessons do not repeat each other.`,
  summary: (title) => `A plan of the course “${title}”, drawn up from its description.`,
  scope: ({ sections, lessons, minutes }) =>
    `Sections: ${sections}, lessons: ${lessons}, about ${minutes} minutes in all.`,
  generalTopics: (title) => [
    `${title}: why study it`,
    `${title}: basic ideas`,
    `${title}: putting it into practice`,
    `${title}: summary and next steps`,
  ],
  quoted: (topic) => `“${topic}”`,
  sectionSummary: (topic) => `The lessons of this section lead to the outcome ${topic}.`,
  goal: 'Goal',
  plan: (minutes) => `Plan for ${minutes} minutes`,
  minutes: (minutes) => `${minutes} min`,
  questionsTitle: 'Questions this lesson answers',
  exerciseTitle: 'Exercise',
  criteriaTitle: 'How to tell that it worked',
  materialTitle: 'What the author should prepare',
  fromAudience: (audience, topic) => `Where do the people this course is for (${audience}) meet ${topic}?`,
  fromPrerequisite: (prerequisite, topic) =>
    `What of the previous knowledge (“${prerequisite}”) does ${topic} call for?`,
  fromOtherTopic: (other, topic) => `How does ${topic} help on the way to ${other}?`,
  fromDescription: (sentence, topic) => `The course says “${sentence}”. Which part of that is about ${topic}?`,
  level: {
    beginner: 'Beginner level: every new word is explained when it first appears.',
    intermediate: 'Intermediate level: the basics are recalled briefly, the time goes to examples.',
    advanced: 'Advanced level: the basics are taken as known, attention goes to difficult cases.',
  },
  style: {
    conversational: 'Talk as you would explain it to a friend: “you”, and short sentences.',
    academic: 'Give definitions with their sources and keep what is proven apart from what is assumed.',
    storytelling: 'Begin with one person’s story and come back to it at each step.',
    practical: 'Follow each explanation at once with something to do.',
    motivational: 'Say what will be possible after the lesson and mark each step that succeeds.',
    visual: 'Show the essence in a diagram or a table and explain by pointing at it.',
    gamified: 'Give points for each step and announce how many are needed.',
    minimalist: 'Keep one thought on the screen at a time and leave out the rest.',
    research: 'State a hypothesis, collect data and compare them with what you expected.',
    engaging: 'Open with a surprising question and answer it only at the end.',
    professional: 'Take the example from a task at work and use the words of the profession.',
    socratic: 'Do not give answers straight away: lead to them with questions.',
    problem_based: 'Begin with an unsolved problem and introduce only what solving it needs.',
    collaborative: 'Do the exercise in pairs and compare the solutions aloud.',
    technical: 'Give exact values, commands or symbols and the conditions under which they hold.',
    microlearning: 'Keep to a single skill and end with a check of it.',
    inspirational: 'Show someone who has managed it, and their first step.',
    interactive: 'Stop after each step and ask the learner to answer or to choose.',
    analytical: 'Take the question apart and compare the parts by the same features.',
  },
  part: (n) => `part ${n}`,
  activities: EN_ACTIVITIES,
};
