package dev.wick.bench;

/** The benchmark cannot be run so; the message is a sentence for whoever asked. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refusal(String sentence) {
        super(sentence);
    }
}
