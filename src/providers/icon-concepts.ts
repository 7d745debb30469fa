/** Lucide's icon for an idea, by the words that people use for it. Words are lower case, with single spaces. */
const WORDS_BY_ICON: Readonly<Record<string, string>> = {
	'trending-up': 'growth, grow, increase, more revenue, progress, uptrend, scale up',
	'trending-down': 'decline, decrease, drop, loss, less cost, reduce',
	'piggy-bank': 'save money, savings, saving, budget, cheaper, thrift',
	'circle-dollar-sign': 'money, cash, dollars, revenue, income, earn, sales',
	wallet: 'payment, pay, spending, finance, finances',
	'credit-card': 'billing, checkout, card payment, subscription',
	receipt: 'invoice, invoices, bookkeeping, accounting, tax, taxes, expenses',
	'shield-check': 'security, secure, safe, safety, protection, protect, compliance, compliant, trusted',
	lock: 'privacy, private, encryption, encrypted, password, locked',
	'fingerprint-pattern': 'identity, biometrics, authentication',
	clock: 'time, hours, minutes, schedule, waiting, on time, around the clock',
	timer: 'save time, saves time, quick, deadline, countdown, urgency, faster, time saved',
	zap: 'speed, fast, instant, instantly, power, energy, performance, automatic, automation, lightning',
	rocket: 'launch, start, startup, new product, boost, take off, release',
	users: 'team, teams, people, customers, community, audience, users, together',
	handshake: 'partner, partnership, deal, agreement, trust, collaboration, collaborate',
	'heart-handshake': 'support, care, customer success, customer service, charity',
	'message-circle': 'chat, conversation, message, talk, feedback',
	mail: 'email, e-mail, newsletter, inbox, contact',
	phone: 'call, telephone, hotline',
	'map-pin': 'location, place, address, local, nearby, store',
	globe: 'world, worldwide, global, international, website, web, online, internet',
	languages: 'language, translation, translate, multilingual',
	'chart-column': 'statistics, stats, report, reports, analytics, analysis, metrics, data, numbers',
	'chart-line': 'trend, forecast, performance over time',
	'chart-pie': 'share, market share, portion, breakdown',
	target: 'goal, goals, aim, focus, precision, accuracy, objective, targeting',
	lightbulb: 'idea, ideas, insight, insights, innovation, tip, creativity, inspiration',
	sparkles: 'ai, artificial intelligence, magic, smart, new feature, generate',
	bot: 'assistant, chatbot, robot, agent, ai agent',
	brain: 'intelligence, thinking, learning, knowledge, machine learning',
	'graduation-cap': 'education, course, training, school, university, study, students',
	'book-open': 'guide, documentation, reading, manual, learn more, handbook',
	award: 'quality, certificate, certified, best, excellence, winner',
	trophy: 'success, win, victory, champion, achievement, first place',
	star: 'favourite, favorite, rating, review, reviews, premium, five stars',
	heart: 'love, like, health, wellbeing, passion',
	'thumbs-up': 'recommend, approval, approve, satisfaction, satisfied, good',
	'circle-check': 'done, success state, complete, completed, ready, yes, confirmed, verified',
	'list-checks': 'tasks, checklist, to do, todo, steps, plan',
	calendar: 'date, event, appointment, booking, meeting, save the date',
	gift: 'present, bonus, free, giveaway, reward',
	'badge-percent': 'discount, sale, offer, deal price, promotion, percent off, coupon',
	'shopping-cart': 'shop, buy, purchase, order, e-commerce, ecommerce, basket',
	store: 'retail, local shop, market, business',
	package: 'product, parcel, box, goods, inventory',
	truck: 'delivery, shipping, free shipping, logistics, transport',
	plane: 'travel, trip, flight, holiday, vacation',
	car: 'drive, driving, vehicle, mobility',
	house: 'home, real estate, property, living, housing',
	'building-2': 'company, office, enterprise, headquarters, corporate',
	briefcase: 'work, job, career, professional, hiring, jobs',
	code: 'developer, developers, programming, api, software, engineering',
	cloud: 'hosting, saas, cloud computing, backup',
	database: 'storage, records, warehouse',
	server: 'infrastructure, data center, data centre, uptime',
	plug: 'integration, integrations, connect, connection, plugin',
	workflow: 'process, pipeline, automate, orchestration',
	layers: 'platform, stack, layers of',
	settings: 'configuration, configure, options, customise, customize, setup',
	wrench: 'fix, repair, maintenance, tools, service',
	search: 'find, discover, discovery, research, explore',
	eye: 'view, visibility, transparency, watch, overview, vision',
	camera: 'photo, photos, photography, picture',
	video: 'film, movie, webinar, recording',
	music: 'song, audio, sound',
	smartphone: 'mobile, app, mobile app, phone app',
	laptop: 'computer, desktop, remote work',
	wifi: 'network, wireless, signal',
	leaf: 'sustainability, sustainable, green, eco, environment, nature, organic, climate',
	recycle: 'recycling, reuse, circular, renewable',
	sun: 'summer, bright, solar, day, morning',
	moon: 'night, sleep, dark mode',
	flame: 'hot, trending, popular, fire, streak',
	'hand-coins': 'cashback, refund, donation, payout, commission',
	scale: 'legal, law, justice, fairness, compare, comparison',
	'file-text': 'document, documents, contract, paper, paperwork',
	'pen-line': 'write, writing, sign, signature, edit, content',
	palette: 'design, art, creative, brand, colours, colors, branding',
	megaphone: 'marketing, announcement, advertising, campaign, news',
	bell: 'notification, alert, reminder, notify',
	'refresh-cw': 'update, sync, synchronise, synchronize, renew, repeat',
	infinity: 'unlimited, endless, forever, no limits',
	stethoscope: 'doctor, medical, medicine, healthcare, clinic',
	dumbbell: 'fitness, sport, gym, training plan, strength',
	utensils: 'food, restaurant, meal, eating, dining',
	coffee: 'cafe, break, drink',
	baby: 'child, children, family, kids',
	'paw-print': 'pet, pets, dog, cat, animal',
	accessibility: 'inclusive, inclusion, accessible',
	headphones: 'listen, help desk, helpdesk, podcast',
	'triangle-alert': 'warning, risk, danger, problem, attention',
};

const CONCEPTS: readonly (readonly [word: string, icon: string])[] = Object.entries(WORDS_BY_ICON).flatMap(([icon, words]) =>
	words.split(', ').map((word) => [word, icon] as const),
);

/** Words without the little ones that say nothing: `save you money` is `save money`. */
const plainWords = (concept: string): string =>
	concept
		.toLowerCase()
		.split(/[\s_-]+/)
		.filter((word) => word !== '' && !LITTLE.has(word))
		.join(' ');

const LITTLE: ReadonlySet<string> = new Set(['a', 'an', 'the', 'your', 'you', 'our', 'my', 'for', 'and', 'with']);

const ICON_BY_WORD: ReadonlyMap<string, string> = new Map(CONCEPTS.map(([word, icon]) => [plainWords(word), icon]));

/** Lucide's icon for a concept word, or null. Case, hyphens and articles do not matter. */
export const iconForConcept = (concept: string): string | null => ICON_BY_WORD.get(plainWords(concept)) ?? null;

/** Every concept word, sorted. */
export const conceptWords = (): readonly string[] => CONCEPTS.map(([word]) => word).sort();
