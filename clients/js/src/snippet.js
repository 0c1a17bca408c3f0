/**
 * Cut a snippet into parts that match and parts that do not.
 *
 * Its marks count Unicode code points, JavaScript's strings count UTF-16 units.
 */
export function snippetParts({ text, marks }) {
  const letters = Array.from(text);
  const parts = [];
  let end = 0;
  const add = (from, to, marked) => {
    if (to > from) parts.push({ text: letters.slice(from, to).join(""), marked });
  };
  for (const [first, last] of marks) {
    add(end, first, false);
    add(first, last, true);
    end = last;
  }
  add(end, letters.length, false);
  return parts;
}
