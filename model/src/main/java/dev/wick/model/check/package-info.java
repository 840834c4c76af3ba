/**
 * What must hold within a document and across the documents of a gateway; answers with a list of
 * {@code Problem}, and refuses everything that an instance could not compile. Imports model, format
 * and re2j.
 */
@NullMarked
package dev.wick.model.check;

import org.jspecify.annotations.NullMarked;
