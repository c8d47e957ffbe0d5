import assert from "node:assert/strict";
import test from "node:test";

import { detailOpacity } from "../../geo/timemap/assets/js/detail.js";

test("detail is whole near by, fades on the way out, and is gone where it would be a patch", () => {
  assert.deepEqual([3, 1, 0.7].map(detailOpacity), [1, 1, 1]);
  assert.deepEqual([0.2, 0.1, 0, -1].map(detailOpacity), [0, 0, 0, 0]);
  const way = [0.65, 0.5, 0.4, 0.3].map(detailOpacity);
  assert.deepEqual(way, [...way].sort((a, b) => b - a));
  assert.ok(way.every((opacity) => opacity > 0 && opacity < 1));
});
