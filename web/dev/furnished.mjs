/** A furnished flat for the fake hub: what src/jingling/home calls each property. */

const power = { kind: "boolean", writable: true, unit: "", minimum: null, maximum: null, choices: [] };
const percent = { ...power, kind: "integer", unit: "%", minimum: 0, maximum: 100 };
const read = (kind, unit, minimum, maximum) => ({ ...power, kind, unit, minimum, maximum, writable: false });
const states = (...choices) => ({ ...power, kind: "string", writable: false, choices });
const plain = { inputs: {} };

const light = { power, brightness: percent };
const colour = { ...light, color_temperature: { ...percent, unit: "K", minimum: 2000, maximum: 6500 }, color: { ...power, kind: "color" } };
const climate = (minimum, maximum) => ({ power, target_temperature: { ...percent, kind: "number", unit: "°C", minimum, maximum }, current_temperature: read("number", "°C", -20, 50) });
const cover = { position: percent, state: states("open", "closed", "opening", "closing") };
const text = { ...power, kind: "string" };

const kinds = {
  light: { properties: light }, colour: { type: "light", properties: colour }, switch: { properties: { power } }, fan: { properties: { power, speed: percent } },
  heater: { type: "climate", device_class: "heater", properties: climate(5, 30) }, air_conditioner: { type: "climate", device_class: "air_conditioner", properties: climate(16, 30) },
  curtain: { type: "cover", device_class: "curtain", properties: cover, actions: { stop: plain } }, blind: { type: "cover", device_class: "blind", properties: cover, actions: { stop: plain } },
  lock: { properties: { locked: power } },
  vacuum: { properties: { state: states("docked", "cleaning", "returning"), battery: read("integer", "%", 0, 100) }, actions: { start: plain, dock: plain } },
  coffee_machine: { properties: { power, state: states("idle", "heating", "brewing", "ready"), progress: read("integer", "%", 0, 100), order: { ...text, writable: false } }, actions: { brew: { inputs: { coffeeDrink: text, size: text } } } },
  tv: { type: "media_player", device_class: "tv", properties: { power, volume: percent, state: states("off", "playing", "paused") }, actions: { play: plain, pause: plain } },
  temperature: { type: "sensor", device_class: "temperature", properties: { temperature: read("number", "°C", -40, 60) } },
  humidity: { type: "sensor", device_class: "humidity", properties: { humidity: read("number", "%", 0, 100) } },
  motion: { type: "sensor", device_class: "motion", properties: { motion: { ...power, writable: false } } },
  door: { type: "sensor", device_class: "door", properties: { open: { ...power, writable: false } } },
};

const thing = (kind, id, place_id, en, zh, values, reachable = true) => ({
  thing: { id, type: kind, device_class: "", actions: {}, events: [], ...kinds[kind], names: { en: [en], zh: [zh] }, place_id },
  values, reachable,
});
const place = (id, en, zh) => ({ id, names: { en: [en], zh: [zh] }, floor: "" });

export const places = () => [
  place("kitchen", "Kitchen", "厨房"), place("living_room", "Living room", "客厅"), place("bedroom", "Bedroom", "卧室"),
  place("bathroom", "Bathroom", "浴室"), place("balcony", "Balcony", "阳台"),
];

export const things = () => [
  thing("light", "kitchen_light", "kitchen", "Ceiling light", "吊灯", { power: true, brightness: 80 }),
  thing("light", "worktop_light", "kitchen", "Worktop light", "台面灯", { power: false, brightness: 40 }),
  thing("coffee_machine", "coffee_machine", "kitchen", "Coffee machine", "咖啡机", { power: true, state: "idle", progress: 0, order: "" }),
  thing("switch", "kettle", "kitchen", "Kettle", "热水壶", { power: false }),
  thing("motion", "kitchen_motion", "kitchen", "Motion", "人体感应", { motion: true }),
  thing("colour", "reading_lamp", "living_room", "Reading lamp", "阅读灯", { power: true, brightness: 45, color_temperature: 2700, color: "#ff8000" }),
  thing("light", "living_light", "living_room", "Main light", "主灯", { power: false, brightness: 60 }),
  thing("curtain", "living_curtain", "living_room", "Curtain", "窗帘", { position: 60, state: "open" }),
  thing("air_conditioner", "living_ac", "living_room", "Air conditioner", "空调", { power: true, target_temperature: 24, current_temperature: 25.5 }),
  thing("tv", "tv", "living_room", "Television", "电视", { power: false, volume: 20, state: "off" }),
  thing("vacuum", "vacuum", "living_room", "Vacuum", "扫地机器人", { state: "docked", battery: 92 }),
  thing("lock", "front_door", "living_room", "Front door", "大门", { locked: true }),
  thing("temperature", "living_temperature", "living_room", "Temperature", "温度", { temperature: 23.4 }),
  thing("humidity", "living_humidity", "living_room", "Humidity", "湿度", { humidity: 48 }),
  thing("light", "bedside", "bedroom", "Bedside lamp", "床头灯", { power: false, brightness: 20 }),
  thing("heater", "bedroom_heater", "bedroom", "Heater", "暖气", { power: false, target_temperature: 20, current_temperature: 18.5 }),
  thing("blind", "bedroom_blind", "bedroom", "Blind", "百叶窗", { position: 0, state: "closed" }),
  thing("fan", "bedroom_fan", "bedroom", "Fan", "风扇", { power: true, speed: 30 }),
  thing("light", "bath_light", "bathroom", "Mirror light", "镜前灯", { power: false, brightness: 90 }),
  thing("switch", "bath_fan", "bathroom", "Extractor", "排气扇", { power: false }, false),
  thing("light", "balcony_light", "balcony", "Fairy lights", "彩灯", { power: true, brightness: 30 }),
  thing("door", "balcony_door", "balcony", "Balcony door", "阳台门", { open: false }),
];

export const suggestions = {
  en: [["make me a large latte", "coffee"], ["turn on the main light", "home"], ["set a timer for five minutes", "timers"], ["close the curtain", "home"], ["what time is it", "clock"], ["which lights are on", "home"]],
  zh: [["来一杯大杯拿铁", "coffee"], ["打开主灯", "home"], ["五分钟后提醒我", "timers"], ["拉上窗帘", "home"], ["现在几点", "clock"], ["哪些灯开着", "home"]],
};
