/**
 * What the tests are made of: processes as they are packaged, real upstreams, clients that send
 * just what they are told. Imports no code of ours: it sees what a user sees.
 */
@NullMarked
package dev.wick.e2e.harness;

import org.jspecify.annotations.NullMarked;
