import { deliveryPrices } from "./delivery-prices.ts";
import { mediaLivePrices } from "./media-live-prices.ts";
import type { Price } from "./prices.ts";
import { servicePrices } from "./service-prices.ts";

/** The prices that patchbay comes with: public list prices in dollars, on demand, without tax. */
export const listPrices: readonly Price[] = [
  ...mediaLivePrices,
  ...deliveryPrices,
  ...servicePrices,
];
