/**
 * tsx gives every function its name anew each time it is made, which is a good part of what a simulated day costs. Imported
 * before anything else, this leaves functions as they are.
 */
const { defineProperty } = Object;

Object.defineProperty = <T>(target: T, key: PropertyKey, descriptor: PropertyDescriptor): T =>
  key === "name" && typeof target === "function" ? target : defineProperty(target, key, descriptor);
