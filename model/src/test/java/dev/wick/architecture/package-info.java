/**
 * The rules on packages, which every module's {@code ArchitectureTest} holds its own packages to.
 */
@NullMarked
package dev.wick.architecture;

import org.jspecify.annotations.NullMarked;
