package dev.wick.gateway.compile;

import dev.wick.http.NameFormat;
import dev.wick.model.HeaderKeyFormat;
import org.jspecify.annotations.Nullable;

/** From what a document says of the spelling of names to what connections go by. */
final class NameFormats {

    private NameFormats() {}

    static NameFormat of(@Nullable HeaderKeyFormat format) {
        if (format == null) {
            return NameFormat.LOWER;
        }
        HeaderKeyFormat.PreserveCase preserve = format.preserveCase();
        return preserve == null
                ? new NameFormat(false, false, true)
                : new NameFormat(
                        true,
                        preserve.forwardReasonPhrase(),
                        preserve.formatterTypeOnEnvoyHeaders()
                                == HeaderKeyFormat.FormatterType.PROPER_CASE);
    }
}
