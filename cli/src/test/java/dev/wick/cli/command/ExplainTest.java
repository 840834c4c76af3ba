package dev.wick.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wick.cli.arguments.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {

    @Test
    void a_format_that_there_is_not_is_refused() {
        List<String> arguments = List.of("GET", "http://x.test/", "-o", "xml");
        UsageException e = assertThrows(UsageException.class, () -> Explain.run(arguments));
        assertEquals("-o: xml (expected: json, or none for text)", e.getMessage());
    }
}
