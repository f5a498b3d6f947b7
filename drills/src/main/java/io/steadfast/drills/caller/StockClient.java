package io.steadfast.drills.caller;

/** What a user's request needs of the service. */
interface StockClient {

    String left(int id);
}
