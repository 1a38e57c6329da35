/**
 * Lint rule: no member of what may be a form or a document is read directly. `form.parentNode` gives the
 * form's control of that name where there is one, `document.body` an image named `body`; the prototypes'
 * getters (src/content/dom.ts) give what is meant. Elements of a known other kind have no such names.
 */
const CLOBBERED = new Set([
  ...['EventTarget', 'Node', 'ParentNode', 'ChildNode', 'Element', 'HTMLElement'],
  ...['HTMLFormElement', 'Document', 'HTMLDocument', 'DocumentOrShadowRoot'],
]);

/** The name of a type that may stand for a form or a document; null where there is none. */
function clobberedName(type) {
  const parts = type.isUnion() ? type.types : [type];
  for (const part of parts) {
    const name = part.getSymbol()?.getName();
    if (name !== undefined && CLOBBERED.has(name)) return name;
  }
  return null;
}

export const pageMembers = {
  meta: {
    type: 'problem',
    messages: {
      direct: '{{type}}.{{member}} may be an element of that name: read it through dom.ts.',
    },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const check = (node, object, member) => {
      const type = clobberedName(services.getTypeAtLocation(object));
      if (type !== null) context.report({ node, messageId: 'direct', data: { type, member } });
    };
    return {
      MemberExpression(node) {
        if (node.object.type === 'Super') return;
        check(node, node.object, context.sourceCode.getText(node.property));
      },
      ObjectPattern(node) {
        check(node, node, context.sourceCode.getText(node));
      },
    };
  },
};
