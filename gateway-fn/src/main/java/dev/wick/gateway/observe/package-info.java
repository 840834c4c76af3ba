/**
 * What is told of an exchange once it is over: the access log and the metrics, with Envoy's names,
 * from one finished-exchange record that is defined here. Imports nothing.
 */
@NullMarked
package dev.wick.gateway.observe;

import org.jspecify.annotations.NullMarked;
