package dev.wick.route.compile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.wick.model.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one document while all of it is compiled. */
final class Report {

    // Stands in for what does not compile, so that the rest is looked at too.
    private static final Pattern NOTHING = Pattern.compile("");

    private final String document;
    private final List<Problem> problems = new ArrayList<>();

    Report(String document) {
        this.document = document;
    }

    /** Something is wrong with a text. */
    void text(String field, String text, String expected) {
        problem(field, Problem.shown(text), expected);
    }

    void problem(String field, String value, String expected) {
        problems.add(new Problem(document, field, value, expected));
    }

    /** Of the octets that a message would have in the place of the expression's characters. */
    Pattern pattern(String field, String regex) {
        try {
            return Pattern.compile(Octets.of(regex));
        } catch (PatternSyntaxException refused) {
            text(field, regex, "RE2 syntax: " + refused.getDescription());
            return NOTHING;
        }
    }

    List<Problem> problems() {
        return problems;
    }
}
