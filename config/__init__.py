"""What every floor may know: settings, errors, words, codes and factors."""
