package dev.wick.cli.command;

import dev.wick.cli.arguments.UsageException;
import dev.wick.cli.store.Json;
import dev.wick.cli.store.Yaml;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How documents are printed. YAML and JSON may be applied again as they are. */
enum Format {
    NAME {
        @Override
        String text(Json document) {
            return document.at("kind").text() + "/" + document.at("name").text();
        }

        @Override
        String join(List<String> documents) {
            return String.join("\n", documents);
        }
    },
    YAML {
        @Override
        String text(Json document) {
            return Yaml.write(document).stripTrailing();
        }

        @Override
        String join(List<String> documents) {
            return String.join("\n---\n", documents);
        }
    },
    JSON {
        @Override
        String text(Json document) {
            return document.indented();
        }

        @Override
        String join(List<String> documents) {
            if (documents.size() == 1) {
                return documents.getFirst();
            }
            if (documents.isEmpty()) {
                return "[]";
            }
            // A line ends between tokens only: in a text it is escaped.
            return "[\n  " + String.join(",\n", documents).replace("\n", "\n  ") + "\n]";
        }
    };

    /** One document. Any thread. */
    abstract String text(Json document);

    /** Puts together what {@link #text} made of several documents; none may make no text. */
    abstract String join(List<String> documents);

    /** Prints what {@link #text} made of documents. */
    void print(List<String> documents) {
        String whole = join(documents);
        if (!whole.isEmpty()) {
            Terminal.print(whole);
        }
    }

    static Format of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "-o: " + name + " (expected: yaml, json or name)"));
    }
}
