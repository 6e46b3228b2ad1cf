import path from 'node:path';

export default {
  poweredByHeader: false,
  // Next and React are the product's own.
  turbopack: { root: path.join(import.meta.dirname, '../../..') },
};
