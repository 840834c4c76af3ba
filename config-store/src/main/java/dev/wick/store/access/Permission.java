package dev.wick.store.access;

/** What a request asks for, as far as roles differ in it. */
public enum Permission {
    /** Configuration, history, plans, explanations, metrics; secrets are redacted. */
    READ,
    /** Change configuration. */
    WRITE,
    /** See, add and revoke tokens. */
    TOKENS,
    /** Draw slices and follow them. */
    DRAW,
    /** Report what an instance serves. */
    REPORT;

    /** As in {@code one that may write}. */
    public String spelling() {
        return switch (this) {
            case READ -> "read";
            case WRITE -> "write";
            case TOKENS -> "manage tokens";
            case DRAW -> "draw slices";
            case REPORT -> "report as an instance";
        };
    }

    /**
     * Whether the role has it. An admin may draw slices too, to see what an instance sees; their
     * secrets stay redacted.
     */
    public boolean heldBy(Role role) {
        return switch (role) {
            case ADMIN -> this != REPORT;
            case READER -> this == READ;
            case INSTANCE -> this == DRAW || this == REPORT;
        };
    }
}
