/** A support article: what the demo's query tool searches. */
export type Article = { readonly id: string; readonly title: string; readonly body: string };

/** The corpus of the demo support service. */
export const ARTICLES: readonly Article[] = [
  {
    id: 'refunds',
    title: 'How refunds work',
    body: 'A customer asks for a refund within 30 days of delivery. Once the return is scanned at the warehouse, the money goes back to the card that paid within five working days. Shipping is refunded when the item arrived broken.',
  },
  {
    id: 'returns',
    title: 'Sending an item back',
    body: 'Print the return label from the order page and hand the parcel in at any post office. Sellers see the parcel as soon as it is scanned. Items made to order cannot be sent back unless they are faulty.',
  },
  {
    id: 'payouts',
    title: 'When sellers are paid',
    body: 'Payouts leave every Monday for orders that were delivered by the Friday before. A bank account has to be verified first; changing it holds the next payout for 48 hours.',
  },
  {
    id: 'shipping-times',
    title: 'Shipping times and tracking',
    body: 'Domestic parcels arrive in two to four days, parcels abroad in five to twelve. The tracking number is on the order page an hour after the seller hands the parcel over.',
  },
  {
    id: 'password-reset',
    title: 'Resetting a password',
    body: 'Choose "forgot password" on the sign-in page. The link in the mail is valid for 20 minutes and works once. With two-factor sign-in a recovery code is needed as well.',
  },
  {
    id: 'chargebacks',
    title: 'Disputed card payments',
    body: 'When a bank opens a dispute, the order is frozen and the seller has seven days to send proof of delivery. A refund that was already paid closes the dispute.',
  },
  {
    id: 'gift-cards',
    title: 'Gift cards',
    body: 'A gift card is valid for three years and can be used for several orders. A refund for an order paid by gift card goes back to the card.',
  },
  {
    id: 'close-account',
    title: 'Closing an account',
    body: 'An account can be closed when no order is open and no payout is due. Invoices stay available for ten years because the tax office asks for them.',
  },
];
