package io.steadfast.samples.storefront.show;

import java.util.List;

/** Something that happens while the show runs. */
public interface EachSecond {

    /**
     * Called every second, on one thread.
     *
     * @param second seconds since the show began
     * @return what the watcher is to be told; mostly nothing
     */
    List<String> news(long second);
}
