/** The labels of controls, of a page that does not change meanwhile: `labels` goes over the page for each control. */
import { controlOf, matches, queryAll, rootOf } from '../dom';

/** What a label can be of. HTML, 4.10.2: labelable elements. */
const LABELABLE = 'button, input, meter, output, progress, select, textarea';

type Labels = ReadonlyMap<Element, readonly Element[]>;

/** For this turn alone. */
let ofTurn: WeakMap<Node, Labels> | null = null;

function labelsIn(root: Document | ShadowRoot): Labels {
  const labels = new Map<Element, Element[]>();
  for (const label of queryAll(root, 'label')) {
    const control = controlOf(label);
    if (control === null) continue;
    const others = labels.get(control);
    if (others === undefined) labels.set(control, [label]);
    else others.push(label);
  }
  return labels;
}

/** The `label` elements of a control in their order; none for what can have none. */
export function labelsOf(element: Element): readonly Element[] {
  if (!matches(element, LABELABLE)) return [];
  const root = rootOf(element);
  if (!(root instanceof Document || root instanceof ShadowRoot)) return [];
  if (ofTurn === null) {
    queueMicrotask(() => (ofTurn = null));
    ofTurn = new WeakMap();
  }
  let labels = ofTurn.get(root);
  if (labels === undefined) ofTurn.set(root, (labels = labelsIn(root)));
  return labels.get(element) ?? [];
}
