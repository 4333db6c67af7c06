Console.WriteLine("onbehalf");
