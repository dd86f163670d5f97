import type { Brief } from '@megacampus/domain/course';

/** What each style of the form means for the text of a lesson: things to do that a reader would notice. */
export const STYLE_RULES: Readonly<Record<Brief['style'], string>> = {
  conversational:
    'Write as a friendly expert talks: short sentences, everyday words, a question to the reader now and then.',
  academic:
    'Write as a textbook: define each term before using it, argue step by step, name limits and counter-examples, keep a neutral tone.',
  storytelling:
    'Carry the lesson with one story: a person with a problem, an obstacle, a turning point; draw each idea out of the story.',
  practical:
    'Lead with what to do: numbered steps, a worked example with concrete values, common mistakes, a checklist at the end.',
  motivational:
    'Open with why this matters to the learner, show small wins along the way, close with an encouraging next step. No empty praise.',
  visual:
    'Make it easy to picture: tables, comparisons side by side, described diagrams, spatial analogies; hardly a paragraph without one.',
  gamified:
    'Turn the lesson into a quest: a mission, three levels of growing difficulty each with a challenge, points to award oneself.',
  minimalist:
    'Say it with as few words as possible: one idea a paragraph, short lists, no introductions, no repetition, no adjectives to spare.',
  research:
    'Proceed as an inquiry: a question, what is known, the evidence and how strong it is, what stays open, where to look further.',
  engaging:
    'Open with a surprising fact or puzzle, vary the pace, make the reader predict before you explain, end with a takeaway.',
  professional:
    'Write for the workplace: precise terms, roles and responsibilities, consequences of errors, examples from real work.',
  socratic:
    'Teach by questions: put a question, let the reader think, give a partial answer that raises the next question, then conclude.',
  problem_based:
    'Start from one realistic problem, collect what is needed to solve it, solve it step by step, then vary the problem.',
  collaborative: 'Write for a group: tasks for pairs and teams with roles, points to discuss, ways to compare results.',
  technical:
    'Be exact: definitions, parameters with units, procedures, edge cases, code or formulas where they say it best.',
  microlearning:
    'One single objective, at most three short parts, one example, one thing to remember; each part readable in a minute.',
  inspirational:
    'Show what becomes possible: a telling example of someone who did it, a larger picture, a call to a first step.',
  interactive:
    'Make the reader act every few paragraphs: a small task, a prediction or a self-check, followed by the solution.',
  analytical:
    'Take things apart: components, causes and effects, criteria, a comparison of alternatives, a reasoned conclusion.',
};
