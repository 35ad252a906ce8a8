-- Texts that staff keep for what they answer often.
CREATE TABLE "reply_text" (
    "id" TEXT NOT NULL,
    "title_zh" TEXT NOT NULL DEFAULT '',
    "title_en" TEXT NOT NULL DEFAULT '',
    "text_zh" TEXT NOT NULL DEFAULT '',
    "text_en" TEXT NOT NULL DEFAULT '',
    "updated_by_user_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "reply_text_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "reply_text_title" CHECK ("title_zh" <> '' OR "title_en" <> ''),
    CONSTRAINT "reply_text_text" CHECK ("text_zh" <> '' OR "text_en" <> '')
);

-- Some to begin with. They are the staff's from here on: a migration runs once, so what is deleted stays deleted.
INSERT INTO "reply_text" ("id", "title_zh", "title_en", "text_zh", "text_en") VALUES
(
    'rpl_tokens_used',
    '拒绝：代币已用完',
    'Declined: the tokens are used up',
    '{person}，你好。订单 {order} 的代币已经用完，只有未使用的代币可以退款，所以这笔款项无法退回。控制台的“用量”页列出了每次请求和它的费用；如果有哪一笔看起来不对，请把请求编号发给我们，我们会逐笔核对。',
    'Hello {person}, the tokens of order {order} have been used, and only unused tokens can be refunded, so nothing can be paid back. The usage page of the console lists every request with its charge; if one of them looks wrong, send us its request id and we will check it.'
),
(
    'rpl_proof_needed',
    '拒绝：需要付款凭证',
    'Declined: proof of payment needed',
    '{person}，你好。为了确认这笔退款由付款人本人提出，我们需要付款凭证：银行账单或支付应用里的付款记录，能看到日期、金额和订单号即可，请遮住卡号。收到后请在订单 {order} 的页面重新申请，我们会优先处理。在此之前代币留在 {organization} 的余额中，可以照常使用。',
    'Hello {person}, to be sure that whoever paid is the one who asks, we need a proof of payment: the line of a bank statement or of the payment app with its date and amount, with the card number covered. Once you have sent it, ask again on the page of order {order} and we will look at it first. Until then the tokens stay in the balance of {organization} and can be used as always.'
),
(
    'rpl_in_full',
    '批准：全额退款',
    'Approved: refunded in full',
    '{person}，你好。订单 {order} 的代币没有使用过，{amount} 已按原支付方式全额退回，对应的代币已从余额中扣除。感谢试用，欢迎随时回来。',
    'Hello {person}, none of the tokens of order {order} were used, so {amount} goes back in full to where it was paid from, and the tokens have left the balance. Thank you for trying us; you are welcome back any time.'
),
(
    'rpl_in_part',
    '批准：部分退款',
    'Approved: refunded in part',
    '{person}，你好。订单 {order} 有一部分代币已经使用，我们按未使用的部分退回 {amount}，对应的代币已从 {organization} 的余额中扣除。已使用的部分如何计算，可以在订单页逐行查看。',
    'Hello {person}, some of the tokens of order {order} had been used, so {amount} is paid back for those that were not, and these have left the balance of {organization}. The order''s page shows line by line how the amount comes about.'
),
(
    'rpl_bought_twice',
    '批准：重复购买',
    'Approved: bought twice',
    '{person}，你好。你为同一件事付了两次款，我们退回其中一次：订单 {order}，{amount}。另一个订单不受影响，代币可以照常使用。',
    'Hello {person}, you paid twice for the same thing, so we pay one of the two back: order {order}, {amount}. The other order stays as it is, and its tokens can be used as always.'
),
(
    'rpl_goodwill',
    '批准：服务欠佳，特此退款',
    'Approved: goodwill after trouble with the service',
    '{person}，你好。这次服务没有达到应有的水平，给你带来了不便，我们很抱歉。作为补偿，我们为订单 {order} 退回 {amount}。服务状态页写明了发生的情况和处理进展。',
    'Hello {person}, the service was not what it should have been, and we are sorry for the trouble. We pay {amount} of order {order} back to make up for it. The status page says what happened and what was done about it.'
);

-- Whether the customer reads the reason of a decision. Those of refusals are told; those of approvals were the staff's alone, also where a dispute
-- or the provider called the refund off afterwards.
ALTER TABLE "refund" ADD COLUMN "tells_reason" BOOLEAN NOT NULL DEFAULT false;
UPDATE "refund" SET "tells_reason" = true
WHERE "state" = 'cancelled' AND "decision_reason" <> '' AND "attempts" = 0 AND "last_error" IS NULL;
