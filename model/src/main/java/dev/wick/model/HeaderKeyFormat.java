package dev.wick.model;

import org.jspecify.annotations.Nullable;

/**
 * How the names of header fields are spelt in HTTP/1, which are in lower case where nothing is said
 * of it (Envoy's {@code header_key_format}).
 *
 * @param preserveCase names as they came; null: each word begins with a capital, as in {@code
 *     Content-Type} ({@code properCaseWords})
 */
public record HeaderKeyFormat(@Nullable PreserveCase preserveCase) {

    /** {@code properCaseWords}. */
    public static final HeaderKeyFormat PROPER_CASE_WORDS = new HeaderKeyFormat(null);

    /**
     * Names of messages that come here are kept, and go on so where they go on in HTTP/1. The first
     * spelling of a name counts.
     *
     * @param forwardReasonPhrase whether the reason phrase of an answer is kept too; default false
     * @param formatterTypeOnEnvoyHeaders how names are spelt that such a message did not bring;
     *     default {@code DEFAULT}
     */
    public record PreserveCase(
            boolean forwardReasonPhrase, FormatterType formatterTypeOnEnvoyHeaders) {

        /** What holds where a document says nothing. */
        public static final PreserveCase DEFAULT = new PreserveCase(false, FormatterType.DEFAULT);
    }

    /** How names are spelt that were added on the way. */
    public enum FormatterType {
        /** In lower case. */
        DEFAULT,
        /** Each word with a capital. */
        PROPER_CASE
    }
}
