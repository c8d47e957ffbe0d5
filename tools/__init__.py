"""What keeps the house in order and is no part of the product: licences, bill of materials, known faults."""
