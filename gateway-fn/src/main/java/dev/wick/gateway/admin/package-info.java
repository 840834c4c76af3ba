/**
 * Health, readiness, statistics, what is held, drain: under Envoy's paths, on the gateway's own
 * Netty. Imports {@code draw}, {@code edge}, {@code upstream}, {@code balance}, {@code observe} and
 * {@code model}.
 */
@NullMarked
package dev.wick.gateway.admin;

import org.jspecify.annotations.NullMarked;
