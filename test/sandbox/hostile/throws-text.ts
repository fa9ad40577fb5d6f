throw "only a text";
