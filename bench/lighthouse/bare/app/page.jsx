'use client';

import { useState } from 'react';

/** One thing that moves, so that React comes to life on the page as it does on the product's. */
export default function Page() {
  const [count, setCount] = useState(0);
  return (
    <main>
      <h1>Bare</h1>
      <button onClick={() => setCount(count + 1)}>Pressed {count} times</button>
    </main>
  );
}
