"""Teams: form one, invite, ask to join, leave, hand over; never anybody without his or her own yes."""
