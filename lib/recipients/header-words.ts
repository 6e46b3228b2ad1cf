/** What a header row calls the things a message needs, in the languages of the people who export lists. */
export const PHONE_WORDS = list(`
  phone, phone number, phone no, phonenumber, mobile, mobile number, mobile phone, mobile no, cell,
  cell phone, cellphone, tel, telephone, telephone number, whatsapp, whatsapp number, whatsapp phone,
  wa number, contact number, msisdn, e164, number, to, recipient, telefon, telefonnummer, handy,
  handynummer, mobil, mobilnummer, mobiltelefon, rufnummer, telefono, numero de telefono, celular,
  movil, numero de celular, telefono movil, numero movil, telefone, numero de telefone, telemovel,
  fone, celular whatsapp, numero de telephone, portable, numero portable, numero de portable, gsm, tel
  portable, cellulare, numero di telefono, numero cellulare, telefoon, telefoonnummer, mobiel, telefon
  komorkowy, numer telefonu, komorka, telefonszam, telefon numarasi, cep telefonu, cep, телефон, номер
  телефона, мобильный, мобильный телефон, номер, هاتف, رقم الهاتف, الهاتف, جوال, رقم الجوال, موبايل,
  رقم الموبايل, טלפון, נייד, מספר טלפון, फोन, फ़ोन, मोबाइल, मोबाइल नंबर, फोन नंबर, 电话, 手机, 手机号, 手机号码,
  電話, 電話番号, 携帯電話, 전화번호, 휴대폰, nomor telepon, nomor hp, no hp, no telepon, telepon, nomor whatsapp, no
  wa
`);

export const COUNTRY_CODE_WORDS = list(`
  country code, countrycode, country calling code, calling code, dial code, dialing code, dialling
  code, phone code, phone country code, international code, cc, idd, prefix, landervorwahl,
  laendervorwahl, vorwahl, landercode, laendercode, landeskennzahl, codigo de pais, codigo pais,
  codigo do pais, ddi, indicatif, indicatif pays, code pays, prefisso, prefisso internazionale,
  landcode, landnummer, kod kraju, ulke kodu, код страны, رمز البلد, مفتاح الدولة, קידומת, देश कोड,
  国家代码, 国番号, 국가번호, kode negara
`);

export const FIRST_NAME_WORDS = list(`
  first name, firstname, given name, forename, fname, vorname, nombre, nombres, prenom, primeiro nome,
  primer nombre, nome, voornaam, imie, keresztnev, имя, الاسم الاول, الاسم الأول, שם פרטי, पहला नाम,
  名, nama depan, ad, isim
`);

export const NAME_WORDS = list(`
  name, full name, fullname, customer name, customer, contact name, client, client name, nickname,
  salutation name, kunde, kundenname, nombre completo, cliente, nom, nom complet, nome completo, naam,
  nazwa, nev, фио, الاسم, שם, नाम, 姓名, 氏名, 名前, 이름, nama
`);

export const MEDIA_WORDS = list(`
  image, image url, image link, picture, picture url, photo, photo url, video, video url, document,
  document url, pdf, pdf url, file, file url, media, media url, media link, attachment, banner, bild,
  bild url, imagen, imagem, foto, documento, dokument
`);

export const LINK_WORDS = list(`
  url, link, url suffix, link suffix, url param, url parameter, button url, tracking link, tracking
  url, slug, path, enlace, lien, collegamento, offer code, tracking code
`);

export const CODE_WORDS = list(`
  code, coupon, coupon code, promo, promo code, promocode, offer code, voucher, voucher code, discount
  code, otp, pin, verification code, gutscheincode, gutschein, codigo, cupon, cupom, code promo,
  codice, codice sconto
`);

function list(words: string): string[] {
  return words.split(',').map((word) => word.trim());
}
