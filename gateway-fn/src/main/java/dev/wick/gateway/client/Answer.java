package dev.wick.gateway.client;

import dev.wick.http.Headers;

/** A whole answer. */
public record Answer(int status, Headers headers, byte[] body) {}
