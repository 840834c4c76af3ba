package dev.wick.store.admit;

/** What a wish comes to on a base. */
sealed interface Wanted {

    record Of(Bundle bundle) implements Wanted {}

    /** There is nothing that could be planned. */
    record Impossible(Answer answer) implements Wanted {}
}
