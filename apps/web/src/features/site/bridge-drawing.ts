/** The drawing's own units. */
export const drawing = { width: 1120, height: 226 } as const;
const bank = { left: 124, right: 1000 } as const;
const deck = { left: 236, right: 884, y: 172 } as const;
const towers = { left: 372, right: 748, top: 34 } as const;
/** Where the main cable hangs lowest, above the deck. */
const sagY = 158;
const hangersBetween = 23;
const hangersBeside = 7;
const labels = { first: 46, step: 27 } as const;
/** Requests cross above the deck's line, answers below it. */
const lanes = { request: deck.y - 4.5, answer: deck.y + 4.5 } as const;

interface Hanger {
  readonly x: number;
  readonly y: number;
}

/** Heights of the cables, and of the line that each label stands on. */
export const bridge = { bank, deck, towers };
export const labelY = (at: number, of: number): number => labels.first + (at + (6 - of) / 2) * labels.step;

/** A cable under an even load hangs as a parabola through both towers' tops. */
function mainCableY(x: number): number {
  const along = (x - towers.left) / (towers.right - towers.left);
  return towers.top + 4 * (sagY - towers.top) * along * (1 - along);
}

/** Beside the towers the cable runs down to the bank, slack by a little. */
function sideCableY(away: number): number {
  const fall = deck.y - towers.top;
  return towers.top + fall * away + 26 * away * (away - 1);
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Every hanger from its cable to the deck. */
export function hangers(): readonly Hanger[] {
  const between = Array.from({ length: hangersBetween }, (_, index) => {
    const x = towers.left + ((index + 1) / (hangersBetween + 1)) * (towers.right - towers.left);
    return { x: round(x), y: round(mainCableY(x)) };
  });
  const beside = Array.from({ length: hangersBeside }, (_, index) => (index + 1) / (hangersBeside + 1)).flatMap(
    (away) => {
      const y = round(sideCableY(away));
      const reach = away * (towers.left - deck.left);
      return [
        { x: round(towers.left - reach), y },
        { x: round(towers.right + reach), y },
      ];
    },
  );
  return [...between, ...beside];
}

/** The cable from bank to bank over both towers. */
export function cablePath(): string {
  const points = (from: number, to: number, yOf: (x: number) => number) =>
    Array.from({ length: 25 }, (_, index) => from + ((to - from) * index) / 24).map(
      (x) => `${round(x)} ${round(yOf(x))}`,
    );
  const span = towers.left - deck.left;
  return `M${[
    ...points(deck.left, towers.left, (x) => sideCableY((towers.left - x) / span)),
    ...points(towers.left, towers.right, mainCableY),
    ...points(towers.right, deck.right, (x) => sideCableY((x - towers.right) / span)),
  ].join('L')}`;
}

/** The ramp from a label on the left bank to the deck, or from the deck to one on the right. */
export function rampPath(side: 'left' | 'right', y: number): string {
  const [from, to] = side === 'left' ? [bank.left, deck.left] : [bank.right, deck.right];
  const middle = (from + to) / 2;
  return `M${from} ${y}C${middle} ${y} ${middle} ${deck.y} ${to} ${deck.y}`;
}

/** The way of one request from a tool over the deck to a model, or of its answer back. */
export function wayPath(kind: 'request' | 'answer', toolY: number, modelY: number): string {
  const y = lanes[kind];
  const [a, b] = [(bank.left + deck.left) / 2, (bank.right + deck.right) / 2];
  return kind === 'request'
    ? `M${bank.left} ${toolY}C${a} ${toolY} ${a} ${y} ${deck.left} ${y}H${deck.right}C${b} ${y} ${b} ${modelY} ${bank.right} ${modelY}`
    : `M${bank.right} ${modelY}C${b} ${modelY} ${b} ${y} ${deck.right} ${y}H${deck.left}C${a} ${y} ${a} ${toolY} ${bank.left} ${toolY}`;
}
