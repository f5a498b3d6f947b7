package io.steadfast.door;

/** The settings of one door, initially the built-in ones. */
public class DoorSettings {

    private int places = 10;

    private Visitor visitor = Visitor.GUEST;

    public int getPlaces() {
        return places;
    }

    public void setPlaces(int places) {
        this.places = places;
    }

    public Visitor getVisitor() {
        return visitor;
    }

    public void setVisitor(Visitor visitor) {
        this.visitor = visitor;
    }
}
