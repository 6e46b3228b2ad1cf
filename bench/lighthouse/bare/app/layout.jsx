export const metadata = { title: 'Bare', description: 'The least page that Next and React make.' };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
