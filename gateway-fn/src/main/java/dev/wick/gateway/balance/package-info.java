/**
 * Which of its hosts a cluster sends a request to: priorities, localities, subsets and the
 * algorithms. Pure: knows no connection and no document. Imports {@code hash}.
 */
@NullMarked
package dev.wick.gateway.balance;

import org.jspecify.annotations.NullMarked;
