/**
 * The REST API: resources that parse, call and print, and decide nothing. Imports all of the store,
 * model.wire, Quarkus REST.
 */
@NullMarked
package dev.wick.store.rest;

import org.jspecify.annotations.NullMarked;
