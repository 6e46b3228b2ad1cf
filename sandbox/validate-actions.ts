import { failure, invalidParameter, type GraphFailure } from './graph-errors';
import { isObject, unexpectedKey, type Json } from './parameters';

const MOST_SECTIONS = 10;
const MOST_PRODUCTS = 30;
const TITLE_LIMIT = 24;

/** The one `action` parameter of a flow, catalogue or product list button. */
export function checkAction(
  parameter: Json,
  kind: 'flow' | 'catalog' | 'mpm',
  at: string,
): GraphFailure | null {
  if (parameter.type !== 'action') return failure(132012, `${at} expects an action parameter`);
  const { action } = parameter;
  if (!isObject(action)) return failure(131008, 'Parameter of type action is missing action value');
  return kind === 'flow' ? checkFlow(action) : checkProducts(action, kind);
}

function checkFlow(action: Json): GraphFailure | null {
  const unexpected = unexpectedKey(action, ['flow_token', 'flow_action_data'], 'action');
  if (unexpected) return unexpected;
  const { flow_token: token, flow_action_data: data } = action;
  if (token !== undefined && (typeof token !== 'string' || token === '')) {
    return failure(131009, 'flow_token must be a string that is not empty');
  }
  if (data === undefined) return null;
  const isFilled = isObject(data) && Object.keys(data).length > 0;
  return isFilled ? null : failure(131009, 'flow_action_data must be a non-empty object');
}

function checkProducts(action: Json, kind: 'catalog' | 'mpm'): GraphFailure | null {
  const allowed =
    kind === 'mpm' ? ['thumbnail_product_retailer_id', 'sections'] : ['thumbnail_product_retailer_id'];
  const unexpected = unexpectedKey(action, allowed, 'action');
  if (unexpected) return unexpected;
  const thumbnail = action.thumbnail_product_retailer_id;
  if (typeof thumbnail !== 'string' || thumbnail === '') {
    return failure(131008, 'Parameter of type action is missing thumbnail_product_retailer_id value');
  }
  return kind === 'mpm' ? checkSections(action.sections) : null;
}

function checkSections(sections: unknown): GraphFailure | null {
  if (sections === undefined) return failure(131008, 'Parameter of type action is missing sections value');
  if (!Array.isArray(sections) || !sections.every(isObject)) {
    return invalidParameter("Param action['sections'] must be an array of objects.");
  }
  if (sections.length < 1 || sections.length > MOST_SECTIONS) {
    return failure(131009, `action must have 1 to ${MOST_SECTIONS} sections`);
  }
  let products = 0;
  for (const section of sections) {
    const unexpected = unexpectedKey(section, ['title', 'product_items'], 'section');
    if (unexpected) return unexpected;
    const { title, product_items: items } = section;
    const isTitled = typeof title === 'string' && title !== '';
    if (sections.length > 1 && !isTitled) return failure(131008, 'section is missing title value');
    if (isTitled && title.length > TITLE_LIMIT) {
      return failure(131009, `section title must be at most ${TITLE_LIMIT} characters long`);
    }
    if (!Array.isArray(items) || items.length === 0 || !items.every(isProduct)) {
      return failure(131009, 'section must have product_items with a product_retailer_id each');
    }
    products += items.length;
  }
  return products > MOST_PRODUCTS
    ? failure(131009, `action must have at most ${MOST_PRODUCTS} products`)
    : null;
}

const isProduct = (item: unknown): boolean =>
  isObject(item) && typeof item.product_retailer_id === 'string' && item.product_retailer_id !== '';
