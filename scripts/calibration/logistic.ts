/** One example: its values, what it is, how much it counts. */
export interface Example {
  values: readonly number[];
  isPositive: boolean;
  weight: number;
}

/** Ridge on standardised weights: strong enough that no share decides alone. */
const RIDGE = 3;
const STEPS = 30;

/** Solves `matrix * x = right` by Gaussian elimination with partial pivoting. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(cell(row, column)) > Math.abs(cell(pivot, column))) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const factor = cell(row, column) / cell(column, column);
      rows[row] = (rows[row] ?? []).map((value, at) => value - factor * cell(column, at));
    }
  }
  return right.map((_, index) => cell(index, size) / cell(index, index));
}

/**
 * Ridge logistic regression by Newton's method.
 * @returns bias and weights for the values as they are.
 */
export function fitLogistic(examples: readonly Example[]): { bias: number; weights: number[] } {
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const width = examples[0]?.values.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) => at);
  const mean = columns.map(
    (at) =>
      examples.reduce((sum, { values, weight }) => sum + weight * (values[at] ?? 0), 0) / total,
  );
  const spread = columns.map((at) =>
    Math.sqrt(
      examples.reduce(
        (sum, { values, weight }) => sum + weight * ((values[at] ?? 0) - (mean[at] ?? 0)) ** 2,
        0,
      ) / total,
    ),
  );
  const rows = examples.map(({ values }) => [
    1,
    ...columns.map((at) => ((values[at] ?? 0) - (mean[at] ?? 0)) / (spread[at] ?? 1)),
  ]);
  let beta = rows[0]?.map(() => 0) ?? [];
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = beta.map((value, at) => (at === 0 ? 0 : -RIDGE * value));
    const hessian = beta.map((_, row) =>
      beta.map((__, at): number => (row === at && at > 0 ? RIDGE : 0)),
    );
    rows.forEach((row, index) => {
      const { isPositive, weight } = examples[index] ?? { isPositive: false, weight: 0 };
      const score = row.reduce((sum, value, at) => sum + value * (beta[at] ?? 0), 0);
      const chance = 1 / (1 + Math.exp(-score));
      row.forEach((value, at) => {
        gradient[at] = (gradient[at] ?? 0) + weight * (Number(isPositive) - chance) * value;
        const line = hessian[at] ?? [];
        row.forEach((other, column) => {
          line[column] = (line[column] ?? 0) + weight * chance * (1 - chance) * value * other;
        });
      });
    });
    const change = solve(hessian, gradient);
    beta = beta.map((value, at) => value + (change[at] ?? 0));
  }
  const weights = columns.map((at) => (beta[at + 1] ?? 0) / (spread[at] ?? 1));
  const bias = weights.reduce((sum, weight, at) => sum - weight * (mean[at] ?? 0), beta[0] ?? 0);
  return { bias, weights };
}
