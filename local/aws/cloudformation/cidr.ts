import { templateError } from "./refusals.ts";

/** `count` blocks of 2^`bits` addresses each, from the start of an IPv4 block (CloudFormation user guide, Fn::Cidr). */
export function cidrBlocks(block: string, count: number, bits: number): string[] {
  const [address = "", size] = block.split("/");
  const parts = address.split(".").map(Number);
  const valid = parts.length === 4 && parts.every((part) => part >= 0 && part <= 255);
  if (!valid || size === undefined) throw templateError(`Fn::Cidr: ${block} is not an IPv4 block`);
  const start = parts.reduce((sum, part) => sum * 256 + part, 0);
  if (count * 2 ** bits > 2 ** (32 - Number(size))) {
    throw templateError(`Fn::Cidr: ${block} does not hold ${count} blocks of ${bits} bits`);
  }
  return Array.from({ length: count }, (_, index) => {
    const from = start + index * 2 ** bits;
    const bytes = [24, 16, 8, 0].map((shift) => Math.floor(from / 2 ** shift) % 256);
    return `${bytes.join(".")}/${32 - bits}`;
  });
}
