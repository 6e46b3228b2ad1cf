// One whole message, folded: what people write, in the languages of WhatsApp's big markets, to be left alone.
const STOP_WORDS = [
  // English, and the words of SMS
  ...['stop', 'stop all', 'stopall', 'unsubscribe', 'opt out', 'optout', 'end', 'quit', 'cancel', 'revoke'],
  ...[
    'stop promotions',
    'stop messages',
    'stop messaging me',
    'remove me',
    'do not contact',
    'no more messages',
  ],
  // Spanish, Portuguese
  ...[
    'baja',
    'darme de baja',
    'dar de baja',
    'alto',
    'parar',
    'detener',
    'cancelar',
    'no más mensajes',
    'basta',
  ],
  ...['sair', 'pare', 'descadastrar', 'remover', 'cancelar inscrição', 'não quero mais', 'parar promoções'],
  // French, Italian, German, Dutch
  ...[
    'arrêt',
    'arrêter',
    'arrêtez',
    'stopper',
    'désabonner',
    'se désabonner',
    'désinscription',
    'désinscrire',
  ],
  ...['ferma', 'fermare', 'cancella', 'annulla', 'disiscrivi', 'annulla iscrizione', 'cancellami'],
  ...['stopp', 'abmelden', 'abbestellen', 'austragen', 'beenden', 'uitschrijven', 'afmelden', 'stoppen'],
  // Arabic, Hebrew, Persian, Urdu, Turkish
  ...['إلغاء', 'الغاء', 'إيقاف', 'توقف', 'أوقف', 'قف', 'إلغاء الاشتراك', 'ايقاف الرسائل', 'لا ترسل'],
  ...['הסר', 'הסרה', 'הסירו', 'הפסק', 'לא לשלוח', 'لغو', 'توقف کن', 'بند کرو', 'بند کریں', 'روکیں'],
  ...['dur', 'durdur', 'iptal', 'çıkış', 'listeden çık', 'abonelikten çık'],
  // Hindi, Bengali, Tamil, Indonesian, Malay, Filipino, Vietnamese, Thai
  ...['रोकें', 'रोको', 'बंद करो', 'बंद करें', 'सदस्यता समाप्त', 'বন্ধ', 'বন্ধ করুন', 'நிறுத்து', 'band karo'],
  ...[
    'berhenti',
    'batal',
    'hentikan',
    'berhenti berlangganan',
    'tigil',
    'itigil',
    'dừng',
    'hủy',
    'ngừng',
    'หยุด',
    'ยกเลิก',
  ],
  // Russian, Ukrainian, Polish, Czech, Romanian, Greek, Swedish, Swahili
  ...['стоп', 'отписаться', 'отписка', 'отмена', 'зупинити', 'відписатися', 'rezygnuję', 'wypisz', 'anuluj'],
  ...[
    'zrušit',
    'odhlásit',
    'dezabonare',
    'dezabonează',
    'σταμάτα',
    'στοπ',
    'διαγραφή',
    'sluta',
    'avsluta',
    'acha',
    'simama',
  ],
  // Chinese, Japanese, Korean
  ...['停止', '退订', '退訂', '取消订阅', '取消訂閱', '配信停止', '解除', '중지', '수신거부', '그만'],
];

// Accents of Latin, Greek and Cyrillic, and the vowel signs and hamzas of Arabic. Not the marks of other
// scripts: there they are letters.
const ACCENTS = /[\u0300-\u036f\u064b-\u0655\u0670\u0640]/g;
const NO_LETTERS = /[^\p{L}\p{M}\p{N}]+/gu;

const folded = new Set(STOP_WORDS.map(fold));

/** Whether a whole message, or a button's text or payload, asks to be left alone. */
export function isStopWord(text: string): boolean {
  return text.length <= 100 && folded.has(fold(text));
}

/** Without case, accents, punctuation, emoji and surplus blanks. */
function fold(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .normalize('NFC');
  return plain.replace(NO_LETTERS, ' ').trim();
}
