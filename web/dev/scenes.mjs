/** What the fake hub answers: the first scene whose words are in the text. Each reply is [en, zh]. */

const choice = (title, value, subtitle = "") => ({ title, value, subtitle, picture: "" });
const timer = (id, label, total_s, extra = {}) => ({ id, kind: "timer", label, total_s, state: "running", remaining_s: null, due_at: new Date(Date.now() + total_s * 1000).toISOString(), ...extra });
const both = (zh, en, chinese) => (zh ? chinese : en);

export const scenes = [
  { words: /latte|拿铁|coffee|咖啡/, reply: ["A large latte, medium roast. It is on its way.", "一大杯拿铁，中度烘焙，马上就好。"], brew: true,
    card: (zh) => ({ type: "order", title: both(zh, "Large latte", "大杯拿铁"), thing_id: "coffee_machine", lines: [{ label: both(zh, "Size", "杯型"), value: both(zh, "large", "大杯") }, { label: both(zh, "Roast", "烘焙"), value: both(zh, "medium", "中度") }, { label: both(zh, "Milk", "牛奶"), value: both(zh, "normal", "正常") }] }) },
  { words: /ring/, reply: ["Your egg timer is done.", "鸡蛋计时到了。"], card: () => ({ type: "timer", title: "Timers", timers: [timer("egg", "Egg", 300, { state: "ringing", due_at: new Date().toISOString() })] }) },
  { words: /timer|提醒|计时/, reply: ["Five minutes, starting now.", "五分钟，现在开始。"],
    card: (zh) => ({ type: "timer", title: "Timers", timers: [timer("tea", both(zh, "Tea", "泡茶"), 300), timer("oven", both(zh, "Oven", "烤箱"), 3900, { state: "paused", remaining_s: 2472 })] }) },
  { words: /unlock|开锁|打开大门/, expects: true, reply: ["Shall I unlock the front door?", "要打开大门的锁吗？"],
    card: (zh) => ({ type: "confirm", question: both(zh, "Unlock the front door?", "打开大门的锁？"), yes: both(zh, "Yes, unlock", "是，开锁"), no: both(zh, "No", "否") }) },
  { words: /which|哪些/, reply: ["Three lights are on.", "有三盏灯开着。"], card: (zh) => ({ type: "things", title: both(zh, "Lights on", "开着的灯"), thing_ids: ["kitchen_light", "reading_lamp", "balcony_light"] }) },
  { words: /list|列表/, reply: ["I found four drinks. Say a number.", "有四种饮品，请说编号。"], expects: true,
    card: (zh) => ({ type: "list", title: both(zh, "Drinks", "饮品"), items: [choice(both(zh, "Espresso", "浓缩"), "espresso", both(zh, "short and strong", "少而浓")), choice(both(zh, "Latte", "拿铁"), "latte"), choice(both(zh, "Cappuccino", "卡布奇诺"), "cappuccino"), choice(both(zh, "Americano", "美式"), "americano")] }) },
  { words: /chart|图/, reply: ["The living room was warmest at three.", "客厅三点最暖和。"], card: (zh) => ({ type: "chart", title: both(zh, "Living room", "客厅"), unit: "°C", labels: ["9", "11", "13", "15", "17", "19"], values: [19.5, 20.4, 22, 23.5, 22.8, 21] }) },
  { words: /time|几点/, reply: ["It is nine forty-one.", "现在九点四十一分。"], card: () => ({ type: "clock", at: new Date().toISOString(), show: "time" }) },
  { words: /help|可以说/, reply: ["You can ask me to switch, dim and colour lights, to open curtains, to make coffee, and to set timers, alarms and reminders. Ask what is on, or which windows are open, in English or in Mandarin.", "您可以让我开关灯、调亮度和颜色、拉窗帘、冲咖啡，也可以设计时器、闹钟和提醒。还可以问哪些灯开着、哪扇窗没关，中文英文都行。"],
    card: (zh) => ({ type: "text", title: both(zh, "For example", "比如"), body: both(zh, "make me a large latte\nclose the curtain", "来一杯大杯拿铁\n拉上窗帘"), choices: [] }) },
];

export const otherwise = { reply: ["Done.", "好了。"] };
