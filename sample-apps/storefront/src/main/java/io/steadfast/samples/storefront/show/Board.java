package io.steadfast.samples.storefront.show;

import java.util.List;

import org.springframework.stereotype.Component;

/** Prints the table, row by row. */
@Component
class Board {

    private static final int ROWS_PER_HEADER = 12;

    private final Meters meters;

    private final Screen screen;

    private Reading previous = Reading.NOTHING;

    private int rows;

    Board(Meters meters, Screen screen) {
        this.meters = meters;
        this.screen = screen;
    }

    void say(List<String> lines) {
        lines.forEach(screen::print);
    }

    void begin() {
        previous = meters.read();
        rows = 0;
        say(Table.header());
    }

    void row(long second) {
        if (rows > 0 && rows % ROWS_PER_HEADER == 0) {
            say(Table.header());
        }
        rows++;
        Reading now = meters.read();
        screen.print(Table.row(second, now.since(previous)));
        previous = now;
    }

    void news(long second, String text) {
        screen.print(Table.news(second, text));
    }
}
