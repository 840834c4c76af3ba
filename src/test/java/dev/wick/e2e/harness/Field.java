package dev.wick.e2e.harness;

/** One header or trailer field, as it went over the wire. */
public record Field(String name, String value) {}
