/** Words for the names and values of properties and actions that homes commonly have; unknown ones are shown as they are. */
import type { Language } from "./words.ts";

const chinese: Readonly<Record<string, string>> = {
  power: "电源", on: "开", off: "关", brightness: "亮度", color: "颜色", colour: "颜色", color_temperature: "色温",
  temperature: "温度", current_temperature: "室温", order: "订单", heater: "暖气", target_temperature: "目标温度", humidity: "湿度", target_humidity: "目标湿度", mode: "模式", speed: "风速",
  fan_speed: "风速", fan_mode: "风速", oscillating: "摆风", position: "位置", tilt: "倾角", state: "状态", status: "状态",
  battery: "电量", locked: "上锁", lock: "上锁", motion: "移动", occupancy: "有人", open: "开着", contact: "门磁", illuminance: "光照",
  air_quality: "空气质量", co2: "二氧化碳", pm25: "PM2.5", volume: "音量", muted: "静音", source: "来源", progress: "进度", title: "曲目",
  idle: "空闲", heating: "加热中", cooling: "制冷中", brewing: "冲煮中", grinding: "研磨中", warming: "预热中", ready: "好了", done: "好了",
  cleaning: "清扫中", returning: "回充中", docked: "已回座", docking: "回座中", paused: "已暂停", playing: "播放中", stopped: "已停",
  charging: "充电中", error: "出错", auto: "自动", heat: "制热", cool: "制冷", dry: "除湿", fan_only: "送风", low: "低", medium: "中", high: "高",
  quiet: "静音", eco: "节能", turbo: "强劲", heat_cool: "冷热自动", start: "开始", stop: "停", dock: "回充", return_to_base: "回充", pause: "暂停",
  brew: "冲煮", clean: "清洗", locate: "找一找", play: "播放", next: "下一首", previous: "上一首", toggle: "切换", jammed: "卡住了", unlocked: "未锁",
  water_level: "水量", water: "水量", beans: "咖啡豆", drink: "饮品", size: "杯型", cups: "杯数", opening: "正在打开", closing: "正在关上", closed: "关着",
  energy: "电量", voltage: "电压", current: "电流", power_w: "功率", load: "功率", smoke: "烟雾", leak: "漏水", moisture: "漏水", presence: "有人",
  espresso: "浓缩", latte: "拿铁", cappuccino: "卡布奇诺", americano: "美式", mocha: "摩卡", small: "小杯", large: "大杯", full: "满", empty: "空",
};

const english: Readonly<Record<string, string>> = {
  pm25: "PM2.5", co2: "CO₂", target_temperature: "Target", color: "Colour", color_temperature: "Warmth", heat_cool: "Auto",
  fan_only: "Fan only", return_to_base: "Dock", power_w: "Power",
};

/** "target_temperature" → "Target" or 目标温度. */
export function term(language: Language, name: string): string {
  const known = language === "zh" ? chinese[name.toLowerCase()] : english[name.toLowerCase()];
  if (known) return known;
  const spaced = name.replace(/_/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2");
  return language === "zh" ? spaced : spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
