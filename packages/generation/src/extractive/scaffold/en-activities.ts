import type { Activity } from './texts.ts';

/** In the order in which lessons take them: from first acquaintance to a check of one's own. */
export const EN_ACTIVITIES: readonly Activity[] = [
  {
    name: 'key ideas',
    objective: (topic) => `Name and explain in your own words the ideas behind ${topic}`,
    steps: [
      ['Write down what the learners already know', 0.2],
      ['Introduce the ideas one by one, each with a definition and an example', 0.5],
      ['Compare ideas that look alike and show how they differ', 0.3],
    ],
    questions: (topic) => [`Which ideas make up ${topic}?`, 'How does each of them differ from its neighbours?'],
    exercise: (topic) => [
      `Divide a sheet into three columns: the word, a definition of your own, an example of your own. Fill it in for ${topic}.`,
      'Cover the second column and restore the definitions from the examples.',
      'Circle the words you stumbled over: they deserve a second look.',
    ],
    criteria: (topic) => [
      'each definition makes sense to somebody from outside the field',
      `no example of ${topic} was copied from somebody else's notes`,
    ],
    material: ['three to five definitions with their sources', 'one example for each definition'],
  },
  {
    name: 'a worked example',
    objective: (topic) => `Follow the solution of a real problem about ${topic} step by step`,
    steps: [
      ['State the problem: what is given and what is wanted', 0.2],
      ['Solve it together, saying the reason for each step', 0.6],
      ['Check the answer in another way', 0.2],
    ],
    questions: (topic) => [
      `Which step comes first when the task is ${topic}?`,
      'Why was this way chosen and not another?',
    ],
    exercise: (topic) => [
      `Change one condition of the problem, so that it still belongs to ${topic}.`,
      'Predict which steps of the solution will change, and write the prediction down.',
      'Solve the new problem and mark where the prediction turned out wrong.',
    ],
    criteria: () => ['every step has its reason beside it', 'the answer was checked and not only found'],
    material: ['a problem from practice with its data', 'a full solution with explanations'],
  },
  {
    name: 'practice alone',
    objective: (topic) => `Carry out a small piece of work on ${topic} without help and compare it with a model`,
    steps: [
      ['Say the order of work aloud', 0.15],
      ['Do the task in silence', 0.6],
      ['Compare the result with the model and discuss the differences', 0.25],
    ],
    questions: (topic) => ['What should be tackled first?', `Who or what can help when work on ${topic} gets stuck?`],
    exercise: (topic) => [
      `Choose a case from your own life or work that calls for ${topic}.`,
      'Make a first attempt in half of the time, without correcting it on the way.',
      'Spend the other half on improving the one place that came out weakest.',
    ],
    criteria: () => [
      'the work was finished, even if it is not perfect',
      'you can say what you would do differently next time',
    ],
    material: ['a task with clear conditions', 'a model of the finished work, to be opened after the attempt'],
  },
  {
    name: 'how it works',
    objective: (topic) => `Describe the parts of ${topic} and show how they are connected`,
    steps: [
      ['Show the whole in one diagram', 0.25],
      ['Walk through the parts in the order in which they act', 0.5],
      ['Take one part away in thought and discuss what follows', 0.25],
    ],
    questions: (topic) => [
      `Which parts does ${topic} consist of?`,
      'What depends on what, and what has to happen earlier?',
    ],
    exercise: (topic) => [
      `Draw a diagram of ${topic} from memory: boxes for the parts, arrows for the connections.`,
      'Label every arrow with a verb: passes, limits, requires, changes.',
      'Compare the drawing with the one in the lesson and add what is missing in another colour.',
    ],
    criteria: () => [
      'no arrow is left without a label',
      'the whole can be told from the drawing without looking at notes',
    ],
    material: ['a diagram of the whole with labelled connections', 'an account of why the parts come in this order'],
  },
  {
    name: 'common mistakes',
    objective: (topic) => `Recognise and correct frequent mistakes about ${topic}`,
    steps: [
      ['Show work with mistakes and give time to find them', 0.4],
      ['Discuss where each of them came from', 0.35],
      ['Write down the signs by which a mistake shows early', 0.25],
    ],
    questions: (topic) => [
      `What do beginners trip over most often when they start on ${topic}?`,
      'How can a slip be noticed before it does harm?',
    ],
    exercise: (topic) => [
      `Remember or invent three slips about ${topic}: a small one, an annoying one and a dangerous one.`,
      'Add the cause and the consequence to each, in one line.',
      'Think of a habit that makes the dangerous one impossible.',
    ],
    criteria: () => ['the cause of the mistake is named, not only the mistake', 'the habit was tried on an example'],
    material: ['two or three pieces of work with mistakes', 'the corrected versions beside the originals'],
  },
  {
    name: 'explaining it to others',
    objective: (topic) => `Explain ${topic} to somebody who hears of it for the first time`,
    steps: [
      ['Choose a listener and what they know already', 0.2],
      ['Prepare an explanation of three thoughts and one comparison', 0.4],
      ['Give it and collect questions', 0.4],
    ],
    questions: (topic) => [
      `Which single thought about ${topic} must get across at any price?`,
      'Which comparison helps, and where does it break down?',
    ],
    exercise: (topic) => [
      `Record a two-minute talk about ${topic} on your phone, without technical terms.`,
      'Listen to it and mark the places where you said “that is obvious”.',
      'Rewrite those places and record the talk again.',
    ],
    criteria: () => ['the listener can retell the main point', 'the question “why” got an answer and not a repetition'],
    material: ['an example of a good short explanation', 'a list of words that have to be replaced by plain ones'],
  },
  {
    name: 'choosing between options',
    objective: (topic) => `Compare several ways to go about ${topic} and give reasons for a choice`,
    steps: [
      ['Name at least three possible ways', 0.25],
      ['Agree on the features to compare', 0.25],
      ['Fill in the table and choose', 0.5],
    ],
    questions: (topic) => [
      `Which ways lead to the aim of ${topic}?`,
      'Under which conditions does the worst option become the best?',
    ],
    exercise: (topic) => [
      `Draw up a table: ways to handle ${topic} in the rows; time, price, risk and result in the columns.`,
      'Give marks from one to three and write down what each mark rests on.',
      'Swap the weight of two columns and see whether the choice changes.',
    ],
    criteria: () => [
      'doing nothing is one of the options in the table',
      'the choice was explained to someone who disagrees',
    ],
    material: [
      'a description of three ways with what they cost',
      'a case in which the obvious choice turned out badly',
    ],
  },
  {
    name: 'a case from life',
    objective: (topic) => `Apply ${topic} to a situation in which not everything is known`,
    steps: [
      ['Read the story and separate facts from opinions', 0.3],
      ['Decide what is missing and who might know it', 0.3],
      ['Propose an action and say what it puts at risk', 0.4],
    ],
    questions: (topic) => [
      `Which facts of the story bear on ${topic}, and which only distract?`,
      'What would you do on the very first day?',
    ],
    exercise: (topic) => [
      `Describe in five sentences a case that turned on ${topic}: who, where, what went wrong.`,
      'Hand the description to another learner and ask for a solution.',
      'Compare that solution with what really happened.',
    ],
    criteria: () => ['the solution considers everyone involved', 'it says which news would change the decision'],
    material: ['a story of half a page with real details', 'two possible endings to discuss'],
  },
  {
    name: 'a checklist',
    objective: (topic) => `Draw up a step-by-step checklist for ${topic} that works without a teacher`,
    steps: [
      ['Collect all steps in any order', 0.3],
      ['Put them in order and strike out what is not needed', 0.4],
      ['Try the checklist on a new case', 0.3],
    ],
    questions: (topic) => [
      `What has to be done before, during and after ${topic}?`,
      'Which step is skipped most often?',
    ],
    exercise: (topic) => [
      `Write each step of ${topic} on a card of its own, beginning with a verb.`,
      'Shuffle the cards and ask a neighbour to lay them out in order.',
      'Where the order came out differently, make the wording clearer.',
    ],
    criteria: () => ['the checklist has nine steps at most', 'somebody who did not write it got through with it'],
    material: ['cards or a sheet for notes', 'a good checklist from another field'],
  },
  {
    name: 'true or not?',
    objective: (topic) => `Tell sound beliefs about ${topic} from common misconceptions`,
    steps: [
      ['Vote on statements before any explanation', 0.25],
      ['Go through the arguments on both sides', 0.5],
      ['Vote again and discuss what has changed', 0.25],
    ],
    questions: (topic) => [
      `What does everyone say about ${topic} that few have checked?`,
      'Which observation would prove the opposite?',
    ],
    exercise: (topic) => [
      `Write six statements about ${topic}: three that hold and three that are plausible but false.`,
      'Exchange them with another learner and mark your answers.',
      'Add to each false statement an argument that would convince a doubter.',
    ],
    criteria: () => [
      'the false statements sound like true ones',
      'the argument rests on a source and not on confidence',
    ],
    material: ['a list of statements with the answers', 'sources by which the answers can be checked'],
  },
  {
    name: 'a small project',
    objective: (topic) => `Plan and begin a small project of your own on ${topic}`,
    steps: [
      ['Choose a result that can be shown', 0.2],
      ['Divide the work into parts of one evening each', 0.4],
      ['Do the first part right in the lesson', 0.4],
    ],
    questions: (topic) => [
      `Which result of ${topic} would you gladly show in a week?`,
      'What might stop the work, and how can that be got round?',
    ],
    exercise: (topic) => [
      `Describe a project on ${topic} in one sentence, and who needs it.`,
      'Name three parts of the work and a date for each.',
      'Arrange with somebody when you will show the first part.',
    ],
    criteria: () => ['the result can be seen or tested', 'the first part was begun before the lesson ended'],
    material: ['two finished projects of different size', 'a planning sheet with room for dates'],
  },
  {
    name: 'self-check and summary',
    objective: (topic) => `Judge how well ${topic} has been learnt and decide what to repeat`,
    steps: [
      ['Answer questions without notes', 0.5],
      ['Check the answers and mark the difficult places', 0.3],
      ['Write down the essentials and the next step', 0.2],
    ],
    questions: (topic) => [
      `What about ${topic} can the learners do now that they could not do before?`,
      'What is still unclear?',
    ],
    exercise: (topic) => [
      `Write five questions on ${topic} that you would like to be able to answer in a month.`,
      'Answer them in writing, then check yourself with the material of the course.',
      'Fix a day on which you will answer them again.',
    ],
    criteria: () => [
      'the answers were given before the notes were opened',
      'every weak place has a way to strengthen it',
    ],
    material: ['five to seven questions with answers', 'a list of further reading'],
  },
];
