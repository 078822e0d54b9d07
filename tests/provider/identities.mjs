// People who do not exist, as FranceConnect would name them. First those of the README, born where their numbers say; then
// one of each kind of identity. The numbers of these are in the tests.
const person = (sub, family_name, given_name, birthdate, gender, birthplace, birthcountry = '99100') =>
  ({ sub, family_name, given_name, birthdate, gender, birthplace, birthcountry, email: `${sub}@exemple.fr` });

export const IDENTITIES = [
  person('dominique', 'Pat-Trois', 'Dominique Marie-Louise', '1979-03-28', 'female', '51215'),
  person('camille', 'Nouvel', 'Camille', '1980-01-12', 'male', '75999'),
  person('renaud', 'Ambroise', 'Renaud', '1980-01-15', 'male', '75999'),
  person('maelle', 'Lhéritier', 'Maëlle', '1965-06-02', 'female', '69999'),
  person('ines', 'Verdier', 'Inès', '1990-09-17', 'female', '33999'),
  person('yann', 'Kervella', 'Yann', '1991-10-05', 'male', '44999'),
  person('ghjuvan', 'Casabianca', 'Ghjuvan', '1980-01-20', 'male', '2B999'),
  person('jean-bernard', 'Hoarau', 'Jean-Bernard', '1985-01-30', 'male', '97499'),
  person('maria', 'Oliveira', 'Maria da Luz', '1985-01-08', 'female', '', '99999'),
  person('solene', 'Delmas', 'Solène', '1988-04-12', 'female', '31999'),
  person('awa', 'Ndiaye', 'Awa', '1975-05-14', 'female', '59999'),
  person('bernard', 'Rousset', 'Bernard', '1961-02-20', 'male', '13999'),
  person('corse', 'Casanova', 'Letizia Maria', '1980-01-05', 'female', '2A004'),
  person('corse-ancienne', 'Colonna', 'Ange', '1970-01-05', 'male', '2B033'),
  person('ailleurs', 'Silva', 'Inês', '1985-10-02', 'female', '', '99139'),
  person('presume', 'Présumé', 'Né', '1955-00-00', 'male', '51215'),
  person('sans-genre', 'Neutre', 'Alix', '1990-06-15', '', '51215'),
  person('une-lettre', 'O', 'Y', '1988-02-29', 'female', '51215'),
  person('cinquante', 'Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx', 'Zoé', '1991-12-31', 'female', '51215'),
  person('accents', 'Lœvenbrück-Ñuñez', 'Zoë Élodie', '1992-07-14', 'female', '51215'),
  person('seul', 'Suharto', '', '1983-04-01', 'male', '51215'),
  person('jeune', 'Petit', 'Sacha', '2014-06-01', 'male', '51215'),
];
