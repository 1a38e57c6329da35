/**
 * Lint rule: every pattern is done in a number of steps that grows no faster than the text, whatever
 * text a page, a file or a message brings. Proved from the pattern alone, see ambiguity.js.
 */
import { ambiguityOf } from './ambiguity.js';

export const linearPatterns = {
  meta: {
    type: 'problem',
    messages: {
      polynomial:
        'This pattern goes over parts of a text again and again: write a loop that only goes forward.',
      exponential: 'This pattern never ends on some texts: write a loop that only goes forward.',
      unknown: 'The steps of this pattern can not be counted: {{reason}}.',
    },
    schema: [],
  },
  create(context) {
    const check = (node, pattern, flags) => {
      const cost = ambiguityOf(pattern, flags);
      if (cost === 'linear') return;
      const isCounted = cost === 'polynomial' || cost === 'exponential';
      context.report({
        node,
        messageId: isCounted ? cost : 'unknown',
        data: { reason: cost },
      });
    };
    const checkBuilt = (node) => {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp') return;
      const [pattern, flags] = node.arguments;
      const isWritten =
        pattern?.type === 'Literal' &&
        typeof pattern.value === 'string' &&
        (flags === undefined || (flags.type === 'Literal' && typeof flags.value === 'string'));
      if (isWritten) check(node, pattern.value, flags?.value ?? '');
      else
        context.report({
          node,
          messageId: 'unknown',
          data: { reason: 'it is made while the program runs' },
        });
    };
    return {
      Literal(node) {
        if ('regex' in node) check(node, node.regex.pattern, node.regex.flags);
      },
      NewExpression: checkBuilt,
      CallExpression: checkBuilt,
    };
  },
};
